-- What readers of the whole index need of a document, made when it is learned, so that they need not read the document. It
-- says nothing that the document does not say.
ALTER TABLE copy_document ADD COLUMN excerpt_form INTEGER NOT NULL DEFAULT 0; -- how it is written; 0: there is none
ALTER TABLE copy_document ADD COLUMN excerpt BLOB;
