package org.embygateway.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Optional;
import org.embygateway.auth.SignInService;
import org.embygateway.index.UpstreamAccess;
import org.embygateway.index.UserRecord;
import org.embygateway.index.UserRights;
import org.embygateway.index.Users;
import org.embygateway.protocol.Secret;
import org.embygateway.protocol.UserId;
import org.embygateway.route.Call;
import org.embygateway.route.Refused;
import org.embygateway.route.Reply;

/**
 * Making, changing and removing users, for administrators. There is always an administrator who can sign in: what would
 * take the last one away is refused with 409.
 *
 * <p>Emby API: UserService, {@code postUsersNew}, {@code postUsersByIdPolicy}, {@code deleteUsersById}.
 */
public final class UserAdministration {
    private static final int LONGEST_NAME = 100;

    private final Users users;
    private final UserDtos dtos;
    private final SignInService signIn;
    private final Clock clock;

    public UserAdministration(ServerFacts facts, Users users, SignInService signIn, Clock clock) {
        this.users = users;
        this.dtos = new UserDtos(facts, users);
        this.signIn = signIn;
        this.clock = clock;
    }

    /**
     * {@code {"Name", "Password"?}} makes a user who sees every server; without a password the user signs in with none
     * until one is set. Answers with the {@code UserDto}; 400 for an unusable name, 409 for one that is taken.
     */
    public Reply create(Call call) {
        String name = call.fields()
                .text("Name")
                .map(String::trim)
                .filter(UserAdministration::isUsable)
                .orElseThrow(() -> new Refused(400, "A name of 1 to 100 characters is needed."));
        UserRecord user = new UserRecord(
                UserId.random(),
                name,
                "",
                false,
                false,
                new UpstreamAccess.All(),
                "{}",
                clock.instant(),
                Optional.empty(),
                Optional.empty());
        try {
            users.add(user);
        } catch (IllegalArgumentException e) {
            throw new Refused(409, "There is a user of this name already.");
        }
        call.fields().text("Password").ifPresent(password -> signIn.resetPassword(user.id(), new Secret(password)));
        return Reply.json(dtos.others(record(user.id())));
    }

    private static boolean isUsable(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_NAME && name.chars().noneMatch(Character::isISOControl);
    }

    /**
     * Takes {@code IsAdministrator}, {@code IsDisabled}, {@code EnableMediaPlayback}, {@code EnableContentDownloading} and
     * {@code SimultaneousStreamLimit} (0 for what the configuration allows) of a {@code UserPolicy}; a disabled user's
     * tokens stop at once. 400 for a limit that is no number from 0 to 10000.
     */
    public Reply changePolicy(Call call) {
        UserRecord user = named(call);
        UserRights rights = rights(call, users.rights(user.id()));
        boolean admin = flag(call.bodyField("IsAdministrator"), user.admin());
        boolean disabled = flag(call.bodyField("IsDisabled"), user.disabled());
        if (!admin || disabled) {
            keepAnAdministrator(user);
        }
        users.update(new UserRecord(
                user.id(),
                user.name(),
                user.passwordHash(),
                admin,
                disabled,
                user.access(),
                user.configuration(),
                user.created(),
                user.lastLogin(),
                user.lastActivity()));
        users.putRights(user.id(), rights);
        return Reply.noContent();
    }

    private static UserRights rights(Call call, UserRights before) {
        return new UserRights(
                streams(call.bodyField("SimultaneousStreamLimit"), before.streamsAtOnce()),
                flag(call.bodyField("EnableMediaPlayback"), before.plays()),
                flag(call.bodyField("EnableContentDownloading"), before.downloads()));
    }

    private static int streams(JsonNode field, int otherwise) {
        if (field.isMissingNode() || field.isNull()) {
            return otherwise;
        }
        int streams = field.asInt(-1);
        if (streams < 0 || streams > UserRights.MOST_STREAMS) {
            throw new Refused(
                    400, "SimultaneousStreamLimit must be a number from 0 to %d.".formatted(UserRights.MOST_STREAMS));
        }
        return streams;
    }

    private static boolean flag(JsonNode field, boolean otherwise) {
        return field.isMissingNode() || field.isNull() ? otherwise : field.asBoolean(otherwise);
    }

    /** Removes the user with all sign-ins and watch state. */
    public Reply remove(Call call) {
        UserRecord user = named(call);
        keepAnAdministrator(user);
        users.remove(user.id());
        return Reply.noContent();
    }

    private void keepAnAdministrator(UserRecord leaving) {
        boolean another = users.all().stream()
                .anyMatch(user -> user.admin() && !user.disabled() && !user.id().equals(leaving.id()));
        if (!another) {
            throw new Refused(409, "This is the last administrator.");
        }
    }

    private UserRecord named(Call call) {
        return record(UserId.parse(call.pathParam("Id")).orElseThrow(() -> new Refused(404, "User not found.")));
    }

    private UserRecord record(UserId id) {
        return users.find(id).orElseThrow(() -> new Refused(404, "User not found."));
    }
}
