import { Location } from '@angular/common';
import {
  Component,
  DestroyRef,
  ElementRef,
  afterNextRender,
  inject,
  input,
  signal,
  viewChild,
} from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type Hls from 'hls.js';
import { firstValueFrom } from 'rxjs';
import { Emby, PlayReport, Source } from '../../core/services/emby';
import { I18n } from '../../core/services/i18n';
import { browserPlays, deviceProfile } from './device-profile';

const TICKS_PER_SECOND = 10_000_000;
const REPORT_MILLIS = 10_000;

interface Stream {
  readonly url: string;
  readonly isHls: boolean;
}

/** Plays a title and tells the gateway how far. */
@Component({
  selector: 'gw-player',
  imports: [MatButtonModule],
  host: {
    '(window:pagehide)': 'stop()',
    '(document:keydown.escape)': 'leave()',
  },
  template: `
    <h1 class="visually-hidden">{{ t('play') }}</h1>
    <div class="bar">
      <button matButton type="button" (click)="leave()">← {{ t('back') }}</button>
    </div>
    @if (problem(); as text) {
      <p class="error" role="alert">{{ text }}</p>
    }
    <video
      #video
      controls
      playsinline
      autoplay
      (play)="report('/Progress', 'Unpause')"
      (pause)="report('/Progress', 'Pause')"
      (seeked)="report('/Progress', 'TimeUpdate')"
      (ended)="leave()"
      (error)="broken()"
    ></video>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-rows: auto auto 1fr;
      height: calc(100vh - 72px);
    }
    .error {
      margin: 8px 16px;
    }
    video {
      grid-row: 3;
      width: 100%;
      height: 100%;
      min-height: 0;
      background: #000;
    }
  `,
})
export class Player {
  private readonly emby = inject(Emby);
  private readonly location = inject(Location);
  private readonly i18n = inject(I18n);
  private readonly video = viewChild.required<ElementRef<HTMLVideoElement>>('video');
  protected readonly t = this.i18n.t;
  protected readonly problem = signal<string | null>(null);

  readonly id = input.required<string>();
  /** The version to play; without one the gateway's first. */
  readonly source = input<string>();
  /** Where to begin, in ticks. */
  readonly from = input<string>(undefined, { alias: 't' });

  private playing: Pick<PlayReport, 'ItemId' | 'MediaSourceId' | 'PlaySessionId'> | null = null;
  private hls: Hls | null = null;
  private gone = false;

  constructor() {
    const timer = setInterval(() => this.report('/Progress', 'TimeUpdate'), REPORT_MILLIS);
    inject(DestroyRef).onDestroy(() => {
      this.gone = true;
      clearInterval(timer);
      this.stop();
      this.hls?.destroy();
    });
    afterNextRender(() => void this.start());
  }

  protected leave(): void {
    this.location.back();
  }

  protected broken(): void {
    this.problem.set(this.t('playbackFailed'));
  }

  protected report(what: '' | '/Progress' | '/Stopped', event?: string): void {
    if (!this.playing) {
      return;
    }
    const video = this.video().nativeElement;
    const position = Math.round(video.currentTime * TICKS_PER_SECOND);
    const report = {
      ...this.playing,
      PositionTicks: position,
      IsPaused: video.paused,
      ...(event && { EventName: event }),
    };
    this.emby.report(what, report).subscribe({ error: () => undefined });
  }

  protected stop(): void {
    this.report('/Stopped');
    this.playing = null;
  }

  private async start(): Promise<void> {
    const start = Math.max(0, Number(this.from()) || 0);
    try {
      const profile = deviceProfile(browserPlays);
      const info = await firstValueFrom(
        this.emby.playbackInfo(this.id(), this.source() ?? null, start, profile),
      );
      const source = choose(info.MediaSources ?? [], this.source());
      const stream = source && streamOf(source);
      if (this.gone) {
        return;
      }
      if (!source || !stream) {
        this.problem.set(this.t('notPlayable'));
        return;
      }
      await this.open({ ...stream, url: this.emby.mediaUrl(stream.url) }, start / TICKS_PER_SECOND);
      this.playing = { ItemId: this.id(), MediaSourceId: source.Id, PlaySessionId: info.PlaySessionId ?? '' };
      this.report('');
    } catch {
      this.problem.set(this.t('failed'));
    }
  }

  private async open(stream: Stream, seconds: number): Promise<void> {
    const video = this.video().nativeElement;
    if (stream.isHls) {
      const { default: Hls } = await import('hls.js');
      if (Hls.isSupported() && !this.gone) {
        this.hls = new Hls({ startPosition: seconds });
        this.hls.on(Hls.Events.ERROR, (_event, data) => data.fatal && this.broken());
        this.hls.loadSource(stream.url);
        this.hls.attachMedia(video);
        return;
      }
    }
    video.src = stream.url;
    video.addEventListener('loadedmetadata', () => (video.currentTime = seconds), { once: true });
  }
}

export function choose(sources: readonly Source[], wanted: string | undefined): Source | undefined {
  return sources.find((source) => source.Id === wanted) ?? sources[0];
}

/** The file itself where the browser can play it, else what a server makes of it. */
export function streamOf(source: Source): Stream | null {
  if (source.DirectStreamUrl && (source.SupportsDirectPlay || source.SupportsDirectStream)) {
    return { url: source.DirectStreamUrl, isHls: isPlaylist(source.DirectStreamUrl) };
  }
  return source.TranscodingUrl
    ? { url: source.TranscodingUrl, isHls: isPlaylist(source.TranscodingUrl) }
    : null;
}

function isPlaylist(url: string): boolean {
  return /\.m3u8(\?|$)/i.test(url);
}
