import { HttpClient } from '@angular/common/http';
import { inject, Injectable } from '@angular/core';
import { map, Observable } from 'rxjs';
import { Session } from '../auth/session';
import { Gateway } from './gateway';

/** What we read of Emby's `BaseItemDto`. */
export interface Item {
  readonly Id: string;
  readonly Name: string;
  readonly Type: string;
  readonly ProductionYear?: number;
  readonly Overview?: string;
  readonly RunTimeTicks?: number;
  readonly OfficialRating?: string;
  readonly CommunityRating?: number;
  readonly Genres?: readonly string[];
  readonly SeriesName?: string;
  readonly ParentIndexNumber?: number;
  readonly IndexNumber?: number;
  readonly ImageTags?: Readonly<Record<string, string>>;
  readonly BackdropImageTags?: readonly string[];
  readonly UserData?: {
    readonly PlaybackPositionTicks?: number;
    readonly PlayedPercentage?: number;
    readonly Played?: boolean;
  };
  readonly MediaSources?: readonly Source[];
}

/** What we read of Emby's `MediaSourceInfo`. */
export interface Source {
  readonly Id: string;
  readonly Name?: string;
  readonly Container?: string;
  readonly SupportsDirectPlay?: boolean;
  readonly SupportsDirectStream?: boolean;
  readonly DirectStreamUrl?: string;
  readonly TranscodingUrl?: string;
}

export interface Found {
  readonly items: readonly Item[];
  readonly total: number;
}

interface QueryResult {
  readonly Items?: readonly Item[];
  readonly TotalRecordCount?: number;
}

export interface PlaybackInfo {
  readonly MediaSources?: readonly Source[];
  readonly PlaySessionId?: string;
}

/** A report of what plays: Emby's `PlaybackStartInfo` and its kin. */
export interface PlayReport {
  readonly ItemId: string;
  readonly MediaSourceId: string;
  readonly PlaySessionId: string;
  readonly PositionTicks: number;
  readonly IsPaused: boolean;
  readonly EventName?: string;
}

const CARD_FIELDS = 'ProductionYear,PrimaryImageAspectRatio';
const TITLES = 'Movie,Series,Episode,BoxSet,Video';

/** The Emby protocol, spoken as any client speaks it. */
@Injectable({ providedIn: 'root' })
export class Emby {
  private readonly http = inject(HttpClient);
  private readonly gateway = inject(Gateway);
  private readonly session = inject(Session);

  search(text: string): Observable<Found> {
    return this.items({ SearchTerm: text, IncludeItemTypes: TITLES, Limit: 60 });
  }

  recentlyAdded(): Observable<Found> {
    const newest = { SortBy: 'DateCreated', SortOrder: 'Descending' };
    return this.items({ ...newest, IncludeItemTypes: 'Movie,Series', Limit: 36 });
  }

  resumable(): Observable<Found> {
    return this.get<QueryResult>(this.ofUser('Items/Resume'), {
      Limit: 12,
      Fields: CARD_FIELDS,
      MediaTypes: 'Video',
    }).pipe(map(found));
  }

  item(id: string): Observable<Item> {
    return this.get<Item>(this.ofUser('Items/' + encodeURIComponent(id)), {});
  }

  episodes(series: string): Observable<Found> {
    const path = `Shows/${encodeURIComponent(series)}/Episodes`;
    return this.get<QueryResult>(path, { UserId: this.userId(), Fields: 'Overview' }).pipe(map(found));
  }

  playbackInfo(
    item: string,
    source: string | null,
    startTicks: number,
    profile: object,
  ): Observable<PlaybackInfo> {
    const path = `Items/${encodeURIComponent(item)}/PlaybackInfo`;
    const params = {
      UserId: this.userId(),
      StartTimeTicks: startTicks,
      IsPlayback: true,
      ...(source && { MediaSourceId: source }),
    };
    return this.http.post<PlaybackInfo>(this.gateway.emby(path), { DeviceProfile: profile }, { params });
  }

  /** Leaving the page must not cancel the report, so it is kept alive. */
  report(what: '' | '/Progress' | '/Stopped', report: PlayReport): Observable<unknown> {
    return this.http.post(this.gateway.emby('Sessions/Playing' + what), report, {
      responseType: 'text',
      keepalive: true,
    });
  }

  /** Where `url`, as a server gives it in a body, is for a tag that cannot send headers. */
  mediaUrl(url: string): string {
    const address = new URL(this.gateway.emby(url));
    if (!/(^|[?&])(api_key|X-Emby-Token)=/i.test(address.search)) {
      address.searchParams.set('api_key', this.session.token() ?? '');
    }
    return address.href;
  }

  image(item: Item, type: 'Primary' | 'Backdrop', width: number): string | null {
    const tag = type === 'Primary' ? item.ImageTags?.['Primary'] : item.BackdropImageTags?.[0];
    if (!tag) {
      return null;
    }
    const path = `Items/${encodeURIComponent(item.Id)}/Images/${type}`;
    return this.gateway.emby(`${path}?maxWidth=${width}&quality=90&tag=${encodeURIComponent(tag)}`);
  }

  private items(query: Record<string, string | number>): Observable<Found> {
    const params = { Recursive: true, Fields: CARD_FIELDS, ImageTypeLimit: 1, ...query };
    return this.get<QueryResult>(this.ofUser('Items'), params).pipe(map(found));
  }

  private get<T>(path: string, params: Record<string, string | number | boolean>): Observable<T> {
    return this.http.get<T>(this.gateway.emby(path), { params });
  }

  private ofUser(path: string): string {
    return `Users/${encodeURIComponent(this.userId())}/${path}`;
  }

  private userId(): string {
    return this.session.user()?.id ?? '';
  }
}

function found(result: QueryResult): Found {
  const items = result.Items ?? [];
  return { items, total: result.TotalRecordCount ?? items.length };
}
