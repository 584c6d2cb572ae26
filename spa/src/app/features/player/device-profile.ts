/** Whether the browser plays a MIME type with these codecs. */
export type Plays = (type: string) => boolean;

interface Codecs {
  readonly video: readonly string[];
  readonly audio: readonly string[];
}

const VIDEO: readonly [string, string][] = [
  ['h264', 'video/mp4; codecs="avc1.640028"'],
  ['hevc', 'video/mp4; codecs="hvc1.1.6.L120.90"'],
  ['vp9', 'video/mp4; codecs="vp09.00.40.08"'],
  ['av1', 'video/mp4; codecs="av01.0.08M.08"'],
];
const AUDIO: readonly [string, string][] = [
  ['aac', 'audio/mp4; codecs="mp4a.40.2"'],
  ['mp3', 'audio/mp4; codecs="mp3"'],
  ['ac3', 'audio/mp4; codecs="ac-3"'],
  ['eac3', 'audio/mp4; codecs="ec-3"'],
  ['opus', 'audio/mp4; codecs="opus"'],
  ['flac', 'audio/mp4; codecs="flac"'],
];

/** What this browser plays, in Emby's words (`DeviceProfile`). Asked of the browser, never guessed from its name. */
export function deviceProfile(plays: Plays): object {
  const codecs: Codecs = { video: those(VIDEO, plays), audio: those(AUDIO, plays) };
  const [video, audio] = [codecs.video.join(','), codecs.audio.join(',')];
  return {
    MaxStreamingBitrate: 140_000_000,
    MaxStaticBitrate: 140_000_000,
    DirectPlayProfiles: [
      { Type: 'Video', Container: 'mp4,m4v,mov', VideoCodec: video, AudioCodec: audio },
      { Type: 'Video', Container: 'webm', VideoCodec: 'vp8,vp9,av1', AudioCodec: 'vorbis,opus' },
    ],
    TranscodingProfiles: [
      {
        Type: 'Video',
        Container: 'ts',
        Protocol: 'hls',
        Context: 'Streaming',
        VideoCodec: 'h264',
        AudioCodec: 'aac,mp3',
        MaxAudioChannels: '2',
        MinSegments: 1,
        BreakOnNonKeyFrames: true,
      },
    ],
    SubtitleProfiles: [{ Format: 'vtt', Method: 'External' }],
    ContainerProfiles: [],
    CodecProfiles: [],
    ResponseProfiles: [],
  };
}

export function browserPlays(type: string): boolean {
  return 'MediaSource' in globalThis && MediaSource.isTypeSupported(type);
}

function those(table: readonly [string, string][], plays: Plays): string[] {
  return table.filter(([, type]) => plays(type)).map(([codec]) => codec);
}
