-- Who did something with an item that a server has now and had not before.
CREATE INDEX user_data_item ON user_data (item_id);
