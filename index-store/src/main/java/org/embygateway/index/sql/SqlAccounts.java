package org.embygateway.index.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.embygateway.index.AccountRecord;
import org.embygateway.index.Accounts;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UpstreamId;
import org.embygateway.protocol.UserId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

final class SqlAccounts implements Accounts {
    private static final int USES_REMEMBERED = 1024;

    private final Database database;
    private final Vault vault;
    private final String upsertSignIn;
    private final Remembered<Use, Optional<AccountRecord>> used;

    private record Use(UpstreamId upstream, Optional<UserId> user) {}

    SqlAccounts(Database database, Vault vault) {
        this.database = database;
        this.vault = vault;
        this.used = new Remembered<>(database::writes, USES_REMEMBERED);
        this.upsertSignIn = database.dialect()
                .upsert("upstream_sign_in", List.of("account_id", "device_id"), List.of("upstream_user", "token"));
    }

    @Override
    public List<AccountRecord> of(UpstreamId upstream) {
        return database.read(
                handle -> map(handle.createQuery("SELECT * FROM account WHERE upstream = :upstream ORDER BY id")
                        .bind("upstream", upstream.value())));
    }

    @Override
    public Optional<AccountRecord> use(UpstreamId upstream, Optional<UserId> user) {
        return used.of(new Use(upstream, user), this::find);
    }

    private Optional<AccountRecord> find(Use use) {
        return database.read(handle -> {
            Optional<AccountRecord> own =
                    use.user().isPresent() ? owned(handle, use.upstream(), use.user()) : Optional.empty();
            return own.isPresent() ? own : owned(handle, use.upstream(), Optional.empty());
        });
    }

    private Optional<AccountRecord> owned(Handle handle, UpstreamId upstream, Optional<UserId> owner) {
        Query query = owner.isPresent()
                ? handle.createQuery("SELECT * FROM account WHERE upstream = :upstream AND owner = :owner")
                        .bind("owner", owner.get().value())
                : handle.createQuery("SELECT * FROM account WHERE upstream = :upstream AND owner IS NULL");
        return map(query.bind("upstream", upstream.value())).stream().findFirst();
    }

    private List<AccountRecord> map(Query query) {
        return query.map((row, context) -> account(row)).list();
    }

    private AccountRecord account(ResultSet row) throws SQLException {
        return new AccountRecord(
                row.getLong("id"),
                new UpstreamId(row.getInt("upstream")),
                Optional.ofNullable(row.getString("owner")).map(UserId::new),
                row.getString("username"),
                vault.unseal(row.getString("password")),
                AccountRecord.WatchState.valueOf(row.getString("watch_state")));
    }

    @Override
    public AccountRecord put(
            UpstreamId upstream,
            Optional<UserId> owner,
            String username,
            Secret password,
            AccountRecord.WatchState watchState) {
        return database.write(handle -> {
            Optional<AccountRecord> before = owned(handle, upstream, owner);
            long id = before.map(AccountRecord::id).orElseGet(() -> (long) Sequences.next(handle, "account"));
            AccountRecord account = new AccountRecord(id, upstream, owner, username, password, watchState);
            if (before.isPresent()) {
                replace(handle, before.get(), account);
            } else {
                insert(handle, account);
            }
            return account;
        });
    }

    private void insert(Handle handle, AccountRecord account) {
        handle.createUpdate("""
                        INSERT INTO account (id, upstream, owner, username, password, watch_state)
                        VALUES (:id, :upstream, :owner, :username, :password, :watch_state)
                        """)
                .bind("id", account.id())
                .bind("upstream", account.upstream().value())
                .bind("owner", ownerText(account))
                .bind("username", account.username())
                .bind("password", vault.seal(account.password()))
                .bind("watch_state", account.watchState().name())
                .execute();
    }

    private static @Nullable String ownerText(AccountRecord account) {
        return account.owner().isPresent() ? account.owner().get().value() : null;
    }

    private void replace(Handle handle, AccountRecord before, AccountRecord account) {
        handle.createUpdate("""
                        UPDATE account SET username = :username, password = :password, watch_state = :watch_state
                        WHERE id = :id
                        """)
                .bind("id", account.id())
                .bind("username", account.username())
                .bind("password", vault.seal(account.password()))
                .bind("watch_state", account.watchState().name())
                .execute();
        boolean sameLogin = before.username().equals(account.username())
                && before.password().equals(account.password());
        if (!sameLogin) {
            handle.execute("DELETE FROM upstream_sign_in WHERE account_id = ?", account.id());
        }
    }

    @Override
    public void remove(long accountId) {
        database.write(handle -> handle.execute("DELETE FROM account WHERE id = ?", accountId));
    }

    @Override
    public Optional<UpstreamSignIn> signIn(long accountId, String deviceId) {
        return database.read(handle -> handle.createQuery("""
                        SELECT upstream_user, token FROM upstream_sign_in
                        WHERE account_id = :account AND device_id = :device
                        """)
                .bind("account", accountId)
                .bind("device", deviceId)
                .map((row, context) -> new UpstreamSignIn(
                        accountId, deviceId, row.getString("upstream_user"), vault.unseal(row.getString("token"))))
                .findOne());
    }

    /** A sign-in of an account that was removed meanwhile is dropped. */
    @Override
    public void putSignIn(UpstreamSignIn signIn) {
        database.write(handle -> {
            boolean exists = handle.createQuery("SELECT 1 FROM account WHERE id = :id")
                    .bind("id", signIn.accountId())
                    .mapTo(Integer.class)
                    .findOne()
                    .isPresent();
            return exists ? save(handle, signIn) : 0;
        });
    }

    private int save(Handle handle, UpstreamSignIn signIn) {
        return handle.createUpdate(upsertSignIn)
                .bind("account_id", signIn.accountId())
                .bind("device_id", signIn.deviceId())
                .bind("upstream_user", signIn.upstreamUser())
                .bind("token", vault.seal(signIn.token()))
                .execute();
    }

    @Override
    public void dropSignIn(long accountId, String deviceId) {
        database.write(handle -> handle.execute(
                "DELETE FROM upstream_sign_in WHERE account_id = ? AND device_id = ?", accountId, deviceId));
    }
}
