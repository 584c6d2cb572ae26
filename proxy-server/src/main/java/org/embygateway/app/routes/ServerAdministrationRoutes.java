package org.embygateway.app.routes;

import static org.embygateway.app.routes.Rows.absent;
import static org.embygateway.app.routes.Rows.emptyList;
import static org.embygateway.app.routes.Rows.emptyObject;
import static org.embygateway.app.routes.Rows.serverOnly;
import static org.embygateway.route.Access.ANYONE;
import static org.embygateway.route.Access.USER;

import java.util.List;
import org.embygateway.route.Route;

/**
 * What belongs to the administration of a real server: refused, so that no client can reach one through the gateway.
 * Lists that ordinary clients ask for on their way are answered empty.
 */
public final class ServerAdministrationRoutes {
    private ServerAdministrationRoutes() {}

    public static List<Route> rows() {
        Rows rows = new Rows();
        logsAndTasks(rows);
        configuration(rows);
        environment(rows);
        plugins(rows);
        libraries(rows);
        metadata(rows);
        dlna(rows);
        return rows.rows();
    }

    private static void logsAndTasks(Rows rows) {
        rows.get("/System/ActivityLog/Entries", USER, serverOnly())
                .get("/System/Logs/Query", USER, serverOnly())
                .get("/System/Logs/{Name}", USER, serverOnly())
                .get("/System/Logs/{Name}/Lines", USER, serverOnly())
                .post("/System/Restart", USER, serverOnly())
                .post("/System/Shutdown", USER, serverOnly())
                .get("/ScheduledTasks", USER, serverOnly())
                .get("/ScheduledTasks/{Id}", USER, serverOnly())
                .post("/ScheduledTasks/{Id}/Triggers", USER, serverOnly())
                .post("/ScheduledTasks/Running/{Id}", USER, serverOnly())
                .deleteTwins("/ScheduledTasks/Running/{Id}", USER, serverOnly())
                .get("/BackupRestore/BackupInfo", USER, serverOnly())
                .post("/BackupRestore/Restore", USER, serverOnly())
                .post("/BackupRestore/RestoreData", USER, serverOnly())
                .get("/Auth/Providers", USER, serverOnly())
                .each("GET,POST", "/Auth/Keys", USER, serverOnly())
                .deleteTwins("/Auth/Keys/{Key}", USER, serverOnly())
                .get("/Connect/Pending", USER, serverOnly())
                .post("/Users/{Id}/Connect/Link", USER, serverOnly())
                .deleteTwins("/Users/{Id}/Connect/Link", USER, serverOnly());
    }

    private static void configuration(Rows rows) {
        rows.post("/System/Configuration", USER, serverOnly())
                .post("/System/Configuration/Partial", USER, serverOnly())
                .post("/System/Configuration/{Key}", USER, serverOnly())
                .get("/Encoding/ToneMapOptions", USER, serverOnly())
                .get("/Encoding/CodecInformation/Video", USER, serverOnly())
                .get("/Encoding/CodecConfiguration/Defaults", USER, serverOnly())
                .each("GET,POST", "/Encoding/CodecParameters", USER, serverOnly())
                .each("GET,POST", "/Encoding/FfmpegOptions", USER, serverOnly())
                .each("GET,POST", "/Encoding/SubtitleOptions", USER, serverOnly())
                .each("GET,POST", "/Encoding/FullToneMapOptions", USER, serverOnly())
                .get("/Encoding/PublicToneMapOptions", USER, emptyObject())
                .post("/Encoding/PublicToneMapOptions", USER, serverOnly())
                .post("/Notifications/Admin", USER, serverOnly())
                .post("/Notifications/Services/Test", USER, serverOnly());
    }

    private static void environment(Rows rows) {
        rows.post("/Environment/ValidatePath", USER, serverOnly())
                .get("/Environment/DefaultDirectoryBrowser", USER, serverOnly())
                .each("GET,POST", "/Environment/DirectoryContents", USER, serverOnly())
                .get("/Environment/NetworkShares", USER, serverOnly())
                .get("/Environment/Drives", USER, serverOnly())
                .get("/Environment/NetworkDevices", USER, serverOnly())
                .get("/Environment/ParentPath", USER, serverOnly());
    }

    private static void plugins(Rows rows) {
        rows.get("/Plugins", USER, serverOnly())
                .deleteTwins("/Plugins/{Id}", USER, serverOnly())
                .each("GET,POST", "/Plugins/{Id}/Configuration", USER, serverOnly())
                .get("/Plugins/{Id}/Thumb", USER, absent())
                .get("/Packages", USER, emptyList())
                .get("/Packages/Updates", USER, serverOnly())
                .get("/Packages/{Name}", USER, absent())
                .post("/Packages/Installed/{Name}", USER, serverOnly())
                .deleteTwins("/Packages/Installing/{Id}", USER, serverOnly())
                .post("/Appstore/Register", USER, serverOnly())
                .get("/UI/View", USER, absent())
                .post("/UI/Command", USER, serverOnly());
    }

    private static void libraries(Rows rows) {
        rows.get("/Libraries/AvailableOptions", USER, serverOnly())
                .get("/Library/PhysicalPaths", USER, emptyList())
                .post("/Library/Refresh", USER, serverOnly())
                .post("/Library/Series/Added", USER, serverOnly())
                .post("/Library/Series/Updated", USER, serverOnly())
                .post("/Library/Media/Updated", USER, serverOnly())
                .post("/Library/Movies/Added", USER, serverOnly())
                .post("/Library/Movies/Updated", USER, serverOnly())
                .post("/Library/VirtualFolders", USER, serverOnly())
                .deleteTwins("/Library/VirtualFolders", USER, serverOnly())
                .post("/Library/VirtualFolders/LibraryOptions", USER, serverOnly())
                .post("/Library/VirtualFolders/Name", USER, serverOnly())
                .post("/Library/VirtualFolders/Paths", USER, serverOnly())
                .deleteTwins("/Library/VirtualFolders/Paths", USER, serverOnly())
                .post("/Library/VirtualFolders/Paths/Update", USER, serverOnly());
    }

    private static void metadata(Rows rows) {
        for (String kind : List.of(
                "Trailer",
                "Book",
                "Movie",
                "Series",
                "Game",
                "BoxSet",
                "MusicVideo",
                "Person",
                "MusicAlbum",
                "MusicArtist",
                "Apply/{Id}")) {
            rows.post("/Items/RemoteSearch/" + kind, USER, serverOnly());
        }
        rows.get("/Items/RemoteSearch/Image", USER, serverOnly())
                .get("/Items/{Id}/ExternalIdInfos", USER, emptyList())
                .get("/Items/Intros", USER, serverOnly())
                .post("/Items/Metadata/Reset", USER, serverOnly())
                .post("/Items/{Id}/Refresh", USER, serverOnly())
                .get("/Items/{Id}/MetadataEditor", USER, serverOnly())
                .post("/Items/{Id}/Tags/Add", USER, serverOnly())
                .post("/Items/{Id}/Tags/Delete", USER, serverOnly())
                .get("/Images/Remote", USER, absent())
                .get("/Items/{Id}/RemoteImages", USER, serverOnly())
                .get("/Items/{Id}/RemoteImages/Providers", USER, serverOnly())
                .post("/Items/{Id}/RemoteImages/Download", USER, serverOnly())
                .get("/Providers/Subtitles/Subtitles/{Id}", USER, serverOnly())
                .get("/Items/{Id}/RemoteSearch/Subtitles/{Language}", USER, emptyList())
                .post("/Items/{Id}/RemoteSearch/Subtitles/{SubtitleId}", USER, serverOnly())
                .deleteTwins("/Items/{Id}/Subtitles/{Index}", USER, serverOnly())
                .deleteTwins("/Videos/{Id}/Subtitles/{Index}", USER, serverOnly())
                .post("/Videos/MergeVersions", USER, serverOnly())
                .deleteTwins("/Videos/{Id}/AlternateSources", USER, serverOnly());
    }

    /** Device descriptions would show which servers there are. */
    private static void dlna(Rows rows) {
        rows.get("/Dlna/ProfileInfos", ANYONE, absent())
                .post("/Dlna/Profiles", ANYONE, absent())
                .get("/Dlna/Profiles/Default", ANYONE, absent())
                .each("GET,POST,DELETE", "/Dlna/Profiles/{Id}", ANYONE, absent())
                .get("/Dlna/icons/{Filename}", ANYONE, absent())
                .get("/Dlna/{UuId}/description", ANYONE, absent())
                .get("/Dlna/{UuId}/description.xml", ANYONE, absent())
                .get("/Dlna/{UuId}/contentdirectory/contentdirectory", ANYONE, absent())
                .get("/Dlna/{UuId}/contentdirectory/contentdirectory.xml", ANYONE, absent())
                .get("/Dlna/{UuId}/connectionmanager/connectionmanager", ANYONE, absent())
                .get("/Dlna/{UuId}/connectionmanager/connectionmanager.xml", ANYONE, absent())
                .post("/Dlna/{UuId}/contentdirectory/control", ANYONE, absent())
                .post("/Dlna/{UuId}/connectionmanager/control", ANYONE, absent())
                .get("/Dlna/{UuId}/icons/{Filename}", ANYONE, absent())
                .get("/openapi", ANYONE, absent())
                .get("/openapi.json", ANYONE, absent())
                .get("/swagger", ANYONE, absent())
                .get("/swagger.json", ANYONE, absent());
    }
}
