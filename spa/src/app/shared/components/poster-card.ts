import { Component, computed, inject, input, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { Emby, Item } from '../../core/services/emby';
import { I18n } from '../../core/services/i18n';

/** A title as a poster that leads to its page. Without a picture it shows its name on a colour of its own. */
@Component({
  selector: 'gw-poster-card',
  imports: [RouterLink],
  template: `
    <a [routerLink]="['/item', item().Id]">
      <div class="poster" [style.--hue]="hue()">
        @if (picture(); as source) {
          <img [src]="source" alt="" loading="lazy" decoding="async" (error)="broken.set(true)" />
        } @else {
          <span class="name" aria-hidden="true">{{ item().Name }}</span>
        }
        @if (item().UserData?.PlayedPercentage; as played) {
          <div class="progress" [style.width.%]="played"></div>
        }
      </div>
      <div class="title">{{ title() }}</div>
      <div class="detail">{{ detail() }}</div>
    </a>
  `,
  styles: `
    a {
      display: block;
      border-radius: 14px;
      color: inherit;
      text-decoration: none;
    }
    .poster {
      position: relative;
      display: grid;
      place-items: center;
      aspect-ratio: 2 / 3;
      overflow: hidden;
      border-radius: 14px;
      background: linear-gradient(160deg, hsl(var(--hue) 38% 34%), hsl(calc(var(--hue) + 40) 42% 20%));
      box-shadow: var(--mat-sys-level1);
      transition:
        transform 0.16s ease,
        box-shadow 0.16s ease;
    }
    a:hover .poster,
    a:focus-visible .poster {
      transform: translateY(-3px);
      box-shadow: var(--mat-sys-level4);
    }
    img {
      width: 100%;
      height: 100%;
      object-fit: cover;
    }
    .name {
      padding: 12px;
      color: #fff;
      font: var(--mat-sys-title-medium);
      text-align: center;
      overflow-wrap: anywhere;
    }
    .progress {
      position: absolute;
      inset: auto auto 0 0;
      height: 4px;
      background: var(--mat-sys-primary);
    }
    .title {
      margin-top: 8px;
      overflow: hidden;
      font: var(--mat-sys-title-small);
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .detail {
      overflow: hidden;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
})
export class PosterCard {
  private readonly emby = inject(Emby);
  private readonly i18n = inject(I18n);
  readonly item = input.required<Item>();

  protected readonly broken = signal(false);
  protected readonly picture = computed(() =>
    this.broken() ? null : this.emby.image(this.item(), 'Primary', 320),
  );
  protected readonly hue = computed(() => hueOf(this.item().Id));
  protected readonly title = computed(() => this.item().SeriesName ?? this.item().Name);
  protected readonly detail = computed(() => detailOf(this.item(), this.i18n.type(this.item().Type)));
}

/** `Movie · 1995`, `S1:E3 · The Title`. */
export function detailOf(item: Item, type: string): string {
  if (item.Type === 'Episode' && item.SeriesName) {
    const number =
      item.IndexNumber === undefined ? [] : [`S${item.ParentIndexNumber ?? 0}:E${item.IndexNumber}`];
    return [...number, item.Name].join(' · ');
  }
  return [type, ...(item.ProductionYear ? [item.ProductionYear] : [])].join(' · ');
}

function hueOf(id: string): number {
  return [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0) * 47) % 360, 200);
}
