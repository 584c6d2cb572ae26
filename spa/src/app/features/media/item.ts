import { Component, computed, effect, inject, input, signal, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatSelectModule } from '@angular/material/select';
import { RouterLink } from '@angular/router';
import { Emby, Item } from '../../core/services/emby';
import { I18n } from '../../core/services/i18n';
import { detailOf } from '../../shared/components/poster-card';
import { Clock, minutesOf } from '../../shared/pipes/clock';

/** A title: what it is, its versions or episodes, and the button that plays it. */
@Component({
  selector: 'gw-item',
  imports: [Clock, MatButtonModule, MatFormFieldModule, MatSelectModule, RouterLink],
  template: `
    @if (failed()) {
      <p class="error" role="alert">
        {{ t('failed') }} <button matButton type="button" (click)="load(id())">{{ t('retry') }}</button>
      </p>
    }
    @if (item(); as item) {
      @if (backdrop(); as source) {
        <img class="backdrop" [src]="source" alt="" />
      }
      <article>
        @if (poster(); as source) {
          <img class="poster" [src]="source" alt="" />
        }
        <div class="about">
          <h1>{{ item.Name }}</h1>
          <p class="quiet">{{ facts() }}</p>
          <div class="actions">
            @if (playable()) {
              @if (item.UserData?.PlaybackPositionTicks; as position) {
                <a
                  matButton="filled"
                  [routerLink]="['/play', item.Id]"
                  [queryParams]="{ source: source(), t: position }"
                >
                  {{ t('resume', { time: position | clock }) }}
                </a>
                <a matButton [routerLink]="['/play', item.Id]" [queryParams]="{ source: source() }">{{
                  t('fromStart')
                }}</a>
              } @else {
                <a
                  matButton="filled"
                  [routerLink]="['/play', item.Id]"
                  [queryParams]="{ source: source() }"
                  >{{ t('play') }}</a
                >
              }
            }
            @if (versions().length > 1) {
              <mat-form-field appearance="outline" subscriptSizing="dynamic">
                <mat-label>{{ t('version') }}</mat-label>
                <mat-select [value]="source()" (valueChange)="chosen.set($event)">
                  @for (version of versions(); track version.Id) {
                    <mat-option [value]="version.Id">{{
                      version.Name ?? version.Container ?? version.Id
                    }}</mat-option>
                  }
                </mat-select>
              </mat-form-field>
            }
          </div>
          <p class="overview">{{ item.Overview }}</p>
        </div>
      </article>
      @if (episodes().length) {
        <h2>{{ t('episodes') }}</h2>
        <ol>
          @for (episode of episodes(); track episode.Id) {
            <li>
              <a [routerLink]="['/item', episode.Id]">
                <span class="number"
                  >S{{ episode.ParentIndexNumber ?? 0 }}:E{{ episode.IndexNumber ?? '?' }}</span
                >
                <span>{{ episode.Name }}</span>
              </a>
            </li>
          }
        </ol>
      }
    }
  `,
  styles: `
    :host {
      display: block;
      max-width: 1200px;
      margin: 0 auto;
      padding: 16px clamp(16px, 3vw, 40px) 64px;
    }
    .backdrop {
      position: fixed;
      z-index: -1;
      inset: 0;
      width: 100%;
      height: 100%;
      object-fit: cover;
      opacity: 0.16;
    }
    article {
      display: flex;
      flex-wrap: wrap;
      gap: 32px;
      padding: 24px 0 32px;
    }
    .poster {
      width: min(260px, 45vw);
      aspect-ratio: 2 / 3;
      border-radius: 18px;
      object-fit: cover;
      box-shadow: var(--mat-sys-level3);
    }
    .about {
      flex: 1 1 320px;
      display: grid;
      align-content: start;
      gap: 16px;
    }
    h1 {
      font: var(--mat-sys-display-small);
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 12px;
    }
    .overview {
      max-width: 70ch;
      margin: 0;
      line-height: 1.6;
      white-space: pre-line;
    }
    ol {
      margin: 16px 0 0;
      padding: 0;
      list-style: none;
    }
    li a {
      display: flex;
      gap: 16px;
      padding: 14px 16px;
      border-radius: 12px;
      color: inherit;
      text-decoration: none;
    }
    li a:hover {
      background: var(--mat-sys-surface-container-high);
    }
    .number {
      min-width: 72px;
      color: var(--mat-sys-on-surface-variant);
    }
  `,
})
export class ItemPage {
  private readonly emby = inject(Emby);
  private readonly i18n = inject(I18n);
  protected readonly t = this.i18n.t;

  readonly id = input.required<string>();

  protected readonly item = signal<Item | null>(null);
  protected readonly episodes = signal<readonly Item[]>([]);
  protected readonly failed = signal(false);
  protected readonly chosen = signal<string | null>(null);

  protected readonly versions = computed(() => this.item()?.MediaSources ?? []);
  protected readonly source = computed(() => this.chosen() ?? this.versions()[0]?.Id ?? null);
  protected readonly playable = computed(() =>
    ['Movie', 'Episode', 'Video'].includes(this.item()?.Type ?? ''),
  );
  protected readonly poster = computed(() => this.image('Primary', 480));
  protected readonly backdrop = computed(() => this.image('Backdrop', 1280));
  protected readonly facts = computed(() => {
    const item = this.item();
    return item ? this.factsOf(item).join(' · ') : '';
  });

  constructor() {
    effect(() => {
      const id = this.id();
      // Asking reads who is signed in: signing out is no reason to ask again.
      untracked(() => this.load(id));
    });
  }

  protected load(id: string): void {
    this.failed.set(false);
    this.item.set(null);
    this.episodes.set([]);
    this.chosen.set(null);
    this.emby.item(id).subscribe({
      next: (item) => this.show(id, item),
      error: () => this.failed.set(true),
    });
  }

  private show(asked: string, item: Item): void {
    if (asked !== this.id()) {
      return;
    }
    this.item.set(item);
    if (item.Type === 'Series') {
      this.emby.episodes(item.Id).subscribe({
        next: ({ items }) => this.episodes.set(items),
        error: () => this.failed.set(true),
      });
    }
  }

  private factsOf(item: Item): string[] {
    const facts = [detailOf(item, this.i18n.type(item.Type))];
    if (item.RunTimeTicks) {
      facts.push(this.t('minutes', { minutes: minutesOf(item.RunTimeTicks) }));
    }
    if (item.CommunityRating) {
      facts.push('★ ' + item.CommunityRating.toFixed(1));
    }
    return [
      ...facts,
      ...(item.OfficialRating ? [item.OfficialRating] : []),
      ...(item.Genres ?? []).slice(0, 3),
    ];
  }

  private image(type: 'Primary' | 'Backdrop', width: number): string | null {
    const item = this.item();
    return item && this.emby.image(item, type, width);
  }
}
