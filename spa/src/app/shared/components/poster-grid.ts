import { Component, input } from '@angular/core';
import { Item } from '../../core/services/emby';
import { PosterCard } from './poster-card';

/** Titles side by side, as many in a row as there is room for; grey places while they are on their way. */
@Component({
  selector: 'gw-poster-grid',
  imports: [PosterCard],
  template: `
    <ul [attr.aria-busy]="items() === null">
      @for (item of items() ?? []; track item.Id) {
        <li><gw-poster-card [item]="item" /></li>
      } @empty {
        @if (items() === null) {
          @for (place of places; track place) {
            <li aria-hidden="true"><div class="place"></div></li>
          }
        }
      }
    </ul>
  `,
  styles: `
    ul {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(150px, 29vw), 1fr));
      gap: 24px 18px;
      margin: 0;
      padding: 0;
      list-style: none;
    }
    li {
      min-width: 0;
    }
    .place {
      aspect-ratio: 2 / 3;
      margin-bottom: 44px;
      border-radius: 14px;
      background: var(--mat-sys-surface-container-high);
      animation: appear 0.3s 0.15s both;
    }
    @keyframes appear {
      from {
        opacity: 0;
      }
    }
  `,
})
export class PosterGrid {
  /** `null` while they are being asked for. */
  readonly items = input.required<readonly Item[] | null>();
  protected readonly places = Array.from({ length: 12 }, (_, i) => i);
}
