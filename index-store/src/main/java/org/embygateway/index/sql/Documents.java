package org.embygateway.index.sql;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.embygateway.index.StoreFailure;

/**
 * Item documents, compressed with a dictionary of the field names they all have. Stored form: one byte for the
 * dictionary, then raw Deflate. Measured on documents of 5 KB: about a quarter of the size.
 */
final class Documents {
    private static final byte DICTIONARY_ONE = 1;
    private static final int LEVEL = 4;
    private static final int MAX_SIZE = 64 * 1024 * 1024;

    /** Never changes: what is stored needs it. The most common comes last, where Deflate reaches it cheaply. */
    private static final byte[] DICTIONARY = """
            "Taglines":["],"RemoteTrailers":[{"Url":"https://www.youtube.com/watch?v="ProductionLocations":["United States \
            of America"],"ExternalUrls":[{"Name":"IMDb","Url":"https://www.imdb.com/title/tt"},{"Name":"TheMovieDb","Url":\
            "https://www.themoviedb.org/movie/"},{"Name":"Trakt","Url":"https://trakt.tv/search/tmdb/"}],"Chapters":[\
            {"StartPositionTicks":0,"Name":"Chapter 1","MarkerType":"Chapter","ChapterIndex":0},"MediaSources":[{"Protocol":\
            "File","Id":"mediasource_","Path":"/mnt/media/","Type":"Default","Container":"mkv","Size":"Name":"IsRemote":false,\
            "HasMixedProtocols":false,"RunTimeTicks":"SupportsTranscoding":true,"SupportsDirectStream":true,\
            "SupportsDirectPlay":true,"IsInfiniteStream":false,"RequiresOpening":false,"RequiresClosing":false,\
            "RequiresLooping":false,"SupportsProbing":true,"MediaStreams":[{"Codec":"h264","ColorTransfer":"bt709",\
            "ColorPrimaries":"bt709","ColorSpace":"bt709","TimeBase":"1/1000","VideoRange":"SDR","DisplayTitle":"1080p H264",\
            "NalLengthSize":"4","IsInterlaced":false,"BitRate":"BitDepth":8,"RefFrames":1,"IsDefault":true,"IsForced":false,\
            "IsHearingImpaired":false,"Height":1080,"Width":1920,"AverageFrameRate":23.976,"RealFrameRate":23.976,"Profile":\
            "High","Type":"Video","AspectRatio":"16:9","Index":0,"IsExternal":false,"IsTextSubtitleStream":false,\
            "SupportsExternalStream":false,"PixelFormat":"yuv420p","Level":41,"IsAnamorphic":false,"ExtendedVideoType":"None",\
            "ExtendedVideoSubType":"None","ExtendedVideoSubTypeDescription":"None","AttachmentSize":0},{"Codec":"aac",\
            "Language":"eng","DisplayLanguage":"English","ChannelLayout":"5.1","Channels":6,"SampleRate":48000,"Type":"Audio"\
            ,"DisplayTitle":"English AAC 5.1 (Default)"},{"Codec":"subrip","Type":"Subtitle","SubtitleLocationType":\
            "InternalStream"}],"Formats":[],"Bitrate":"RequiredHttpHeaders":{},"AddApiKeyToDirectStreamUrl":false,\
            "ReadAtNativeFramerate":false,"DefaultAudioStreamIndex":1,"ItemId":"}],"People":[{"Name":"Id":"Role":"Type":\
            "Actor","PrimaryImageTag":"},{"Name":"Type":"Director"},{"Type":"Writer"}],"Studios":[{"Name":"Genres":["Drama",\
            "Comedy","Action"],"GenreItems":[{"Name":"TagItems":[],"UserData":{"PlaybackPositionTicks":0,"PlayCount":0,\
            "IsFavorite":false,"Played":false},"ImageTags":{"Primary":"Logo":"Thumb":"BackdropImageTags":["],"SeriesName":\
            "SeriesId":"SeasonId":"SeasonName":"Season 1","SeriesPrimaryImageTag":"ParentBackdropItemId":"ParentLogoItemId":\
            "IndexNumber":1,"ParentIndexNumber":1,"Status":"Continuing","Overview":"OfficialRating":"PG-13",\
            "CommunityRating":7."ProviderIds":{"Tmdb":"","Imdb":"tt","Tvdb":""},"PresentationUniqueKey":"PremiereDate":"\
            T00:00:00.0000000Z","ProductionYear":20"SortName":"ParentId":"IsFolder":false,"Type":"Movie","MediaType":"Video",\
            "Name":"","OriginalTitle":"ServerId":"","Id":"","Etag":"DateCreated":"20T00:00:00.0000000Z","CanDelete":false,\
            "CanDownload":true,"SupportsSync":true""".getBytes(StandardCharsets.UTF_8);

    private Documents() {}

    static byte[] pack(byte[] document) {
        try (Deflater deflater = new Deflater(LEVEL, true)) {
            deflater.setDictionary(DICTIONARY);
            deflater.setInput(document);
            deflater.finish();
            ByteArrayOutputStream packed = new ByteArrayOutputStream(document.length / 3 + 64);
            packed.write(DICTIONARY_ONE);
            byte[] buffer = new byte[8 * 1024];
            while (!deflater.finished()) {
                packed.write(buffer, 0, deflater.deflate(buffer));
            }
            return packed.toByteArray();
        }
    }

    static byte[] unpack(byte[] packed) {
        try (Inflater inflater = new Inflater(true)) {
            inflater.setDictionary(DICTIONARY);
            inflater.setInput(packed, 1, packed.length - 1);
            byte[] document = new byte[Math.max(packed.length * 5, 1024)];
            int size = 0;
            while (!inflater.finished()) {
                if (size == document.length) {
                    document = Arrays.copyOf(document, size * 2);
                }
                int more = inflater.inflate(document, size, document.length - size);
                if (more == 0 && inflater.needsInput() || size > MAX_SIZE) {
                    throw new StoreFailure("a stored item document is damaged");
                }
                size += more;
            }
            return Arrays.copyOf(document, size);
        } catch (DataFormatException e) {
            throw new StoreFailure("a stored item document is damaged", e);
        }
    }
}
