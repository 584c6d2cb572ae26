package org.embygateway.rewrite;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The tables of Emby's media structures.
 *
 * <p>Emby API: {@code BaseItemDto}, {@code MediaSourceInfo}, {@code MediaStream}, {@code ChapterInfo}, and what
 * Jellyfin adds to them.
 */
public final class EmbyTables {
    /** {@code ChapterInfo}; its {@code ImageTag} is the caller's to set. */
    public static final FieldTable CHAPTER = new FieldTable(
            Set.of("StartPositionTicks", "Name", "MarkerType", "ChapterIndex"),
            Set.of("ImageTag", "ImagePath", "ImageDateModified"),
            Map.of());

    /** {@code MediaStream}; without {@code DeliveryUrl}, which is the caller's to set. */
    public static final FieldTable MEDIA_STREAM =
            new FieldTable(words("""
                    Codec CodecTag Language ColorTransfer ColorPrimaries ColorSpace Comment StreamStartTimeTicks TimeBase
                    Title Extradata VideoRange VideoRangeType DisplayTitle DisplayLanguage NalLengthSize IsInterlaced
                    IsAVC ChannelLayout BitRate BitDepth RefFrames Rotation Channels SampleRate IsDefault IsForced
                    IsHearingImpaired Height Width AverageFrameRate RealFrameRate Profile Type AspectRatio Index
                    IsExternal DeliveryMethod IsTextSubtitleStream SupportsExternalStream Protocol PixelFormat Level
                    IsAnamorphic ExtendedVideoType ExtendedVideoSubType ExtendedVideoSubTypeDescription AttachmentSize
                    MimeType SubtitleLocationType IsChunkedResponse"""), words("DeliveryUrl IsExternalUrl Path ItemId ServerId"), Map.of());

    /** {@code MediaSourceInfo}; ids, addresses and URLs are the caller's to set. */
    public static final FieldTable MEDIA_SOURCE =
            new FieldTable(words("""
                    Type Container Size Name RunTimeTicks ContainerStartTimeTicks SupportsTranscoding
                    TrancodeLiveStartIndex WallClockStart SupportsDirectStream SupportsDirectPlay IsInfiniteStream
                    RequiresOpening RequiresClosing BufferMs RequiresLooping SupportsProbing Video3DFormat Formats
                    Bitrate Timestamp TranscodingSubProtocol TranscodingContainer AnalyzeDurationMs
                    ReadAtNativeFramerate DefaultAudioStreamIndex DefaultSubtitleStreamIndex HasMixedProtocols
                    VideoType IsoType GenPtsInput IgnoreDts IgnoreIndex DefaultAudioIndexSource TranscodeReasons
                    HasSegments"""), words("""
                    Id ItemId ServerId Path EncoderPath EncoderProtocol ProbePath ProbeProtocol RequiredHttpHeaders
                    DirectStreamUrl AddApiKeyToDirectStreamUrl TranscodingUrl LiveStreamId OpenToken ETag Etag
                    MediaAttachments SortName Protocol IsRemote"""), Map.of("MediaStreams", MEDIA_STREAM, "Chapters", CHAPTER));

    /**
     * {@code BaseItemDto}; everything that names another item, a person, a picture, a version or user data is the
     * caller's to set.
     */
    public static final FieldTable ITEM = new FieldTable(words("""
                    Name OriginalTitle Prefix DateCreated DateModified DateLastSaved ExtraType SortIndexNumber
                    SortParentIndexNumber SupportsResume PreferredMetadataLanguage PreferredMetadataCountryCode Container
                    SortName ForcedSortName Video3DFormat PremiereDate CriticRating AsSeries GameSystem
                    ProductionLocations OfficialRating CustomRating ChannelName Overview Taglines Genres CommunityRating
                    RunTimeTicks Size Bitrate ProductionYear Number ChannelNumber IndexNumber IndexNumberEnd
                    ParentIndexNumber ProviderIds IsFolder Type LocalTrailerCount SeriesName SpecialFeatureCount Status
                    AirDays AirTime PrimaryImageAspectRatio Artists Album CollectionType DisplayOrder AlbumArtist
                    SeasonName PartCount SeriesStudio MediaType EndDate Width Height CameraMake CameraModel Software
                    ExposureTime FocalLength ImageOrientation Aperture ShutterSpeed Latitude Longitude Altitude
                    IsoSpeedRating StartDate CompletionPercentage IsRepeat IsNew EpisodeTitle IsMovie IsSports IsSeries
                    IsLive IsNews IsKids IsPremiere Subviews HasSubtitles"""), words("""
                    ServerId Id Guid Etag PlaylistItemId CanDelete CanDownload CanEditItems PresentationUniqueKey
                    SupportsSync SyncStatus CanManageAccess CanLeaveContent CanMakePublic ExternalUrls MediaSources
                    GameSystemId Path ChannelId FileName RemoteTrailers ParentId People Studios GenreItems TagItems Tags
                    ParentLogoItemId ParentBackdropItemId ParentBackdropImageTags UserData RecursiveItemCount ChildCount
                    SeriesId SeasonId DisplayPreferencesId ArtistItems Composers AlbumId AlbumPrimaryImageTag
                    SeriesPrimaryImageTag AlbumArtists ImageTags BackdropImageTags ParentLogoImageTag PrimaryImageItemId
                    PrimaryImageTag ParentThumbItemId ParentThumbImageTag LocationType LockedFields LockData
                    SeriesTimerId ChannelPrimaryImageTag TimerType Disabled ManagementId TimerId CurrentProgram
                    MovieCount SeriesCount AlbumCount SongCount MusicVideoCount ListingsProviderId ListingsChannelId
                    ListingsPath ListingsId ListingsChannelName ListingsChannelNumber AffiliateCallSign
                    ParentPrimaryImageItemId ParentPrimaryImageTag ImageBlurHashes Trickplay HasLyrics VideoType
                    IsPlaceHolder MediaSourceCount ChannelType PlayAccess EnableMediaSourceDisplay NormalizationGain
                    ExternalId"""), nestedOfItem());

    /** {@code PlaybackInfoResponse}; sources, play session and error code are the caller's to set. */
    public static final FieldTable PLAYBACK_INFO =
            new FieldTable(Set.of(), words("MediaSources PlaySessionId ErrorCode"), Map.of());

    private EmbyTables() {}

    private static Map<String, FieldTable> nestedOfItem() {
        Map<String, FieldTable> nested = new HashMap<>();
        nested.put("MediaStreams", MEDIA_STREAM);
        nested.put("Chapters", CHAPTER);
        return nested;
    }

    private static Set<String> words(String text) {
        return Set.of(text.trim().split("\\s+"));
    }
}
