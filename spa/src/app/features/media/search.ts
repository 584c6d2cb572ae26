import { Component, computed, effect, ElementRef, inject, input, signal, viewChild } from '@angular/core';
import { takeUntilDestroyed, toObservable } from '@angular/core/rxjs-interop';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router, RouterLink } from '@angular/router';
import { catchError, debounce, map, of, startWith, Subject, switchMap, timer, combineLatest } from 'rxjs';
import { Session } from '../../core/auth/session';
import { Emby, Found } from '../../core/services/emby';
import { I18n } from '../../core/services/i18n';
import { PosterGrid } from '../../shared/components/poster-grid';

type Results = { readonly query: string } & ({ readonly found: Found | null } | { readonly failed: true });

const PAUSE_MILLIS = 250;

/** One box over all servers; before anything is typed, what is new and what is half watched. */
@Component({
  selector: 'gw-search',
  imports: [MatButtonModule, MatFormFieldModule, MatInputModule, PosterGrid, RouterLink],
  host: { '(document:keydown)': 'focusBox($event)' },
  template: `
    <h1 class="visually-hidden">{{ t('search') }}</h1>
    <search>
      <mat-form-field appearance="outline" subscriptSizing="dynamic">
        <mat-label>{{ t('searchHint') }}</mat-label>
        <input
          #box
          matInput
          type="search"
          enterkeyhint="search"
          autocomplete="off"
          [value]="text()"
          (input)="typed($event)"
          (compositionend)="typed($event)"
        />
      </mat-form-field>
    </search>
    <p class="quiet count" role="status">{{ count() }}</p>
    @if (failed()) {
      <div class="error" role="alert">
        {{ t('failed') }} <button matButton type="button" (click)="again.next()">{{ t('retry') }}</button>
      </div>
    } @else if (text()) {
      <gw-poster-grid [items]="items()" />
    } @else {
      @if (resumable().length) {
        <h2>{{ t('continueWatching') }}</h2>
        <gw-poster-grid [items]="resumable()" />
      }
      @if (items()?.length === 0) {
        <div class="empty">
          <p>{{ t('emptyLibrary') }}</p>
          @if (session.user()?.isAdmin) {
            <a matButton="filled" routerLink="/servers/new">{{ t('addServer') }}</a>
          }
        </div>
      } @else {
        <h2>{{ t('recentlyAdded') }}</h2>
        <gw-poster-grid [items]="items()" />
      }
    }
  `,
  styles: `
    :host {
      display: block;
      max-width: 1500px;
      margin: 0 auto;
      padding: 8px clamp(16px, 3vw, 40px) 64px;
    }
    search {
      display: block;
      max-width: 720px;
      margin: 8px auto 0;
    }
    mat-form-field {
      width: 100%;
    }
    h2 {
      margin: 28px 0 16px;
    }
    .count {
      min-height: 24px;
      margin: 12px 0 8px;
      text-align: center;
    }
    .empty {
      padding: 12vh 0;
      text-align: center;
    }
  `,
})
export class Search {
  private readonly emby = inject(Emby);
  private readonly router = inject(Router);
  private readonly i18n = inject(I18n);
  private readonly box = viewChild.required<ElementRef<HTMLInputElement>>('box');
  protected readonly session = inject(Session);
  protected readonly t = this.i18n.t;
  protected readonly again = new Subject<void>();

  /** From the address, so that a search can be kept and shared. */
  readonly q = input<string>();

  protected readonly text = signal('');
  private readonly results = signal<Results>({ query: '', found: null });
  protected readonly resumable = signal<Found['items']>([]);

  protected readonly items = computed(() => {
    const results = this.results();
    return 'found' in results && results.query === this.text() ? (results.found?.items ?? null) : null;
  });
  protected readonly failed = computed(
    () => 'failed' in this.results() && this.results().query === this.text(),
  );
  protected readonly count = computed(() => this.describe(this.results()));

  constructor() {
    effect(() => this.text.set(this.q() ?? ''));
    combineLatest([
      toObservable(this.text).pipe(debounce((text) => timer(text ? PAUSE_MILLIS : 0))),
      this.again.pipe(startWith(undefined)),
    ])
      .pipe(
        switchMap(([query]) => this.ask(query)),
        takeUntilDestroyed(),
      )
      .subscribe((results) => this.results.set(results));
    this.emby
      .resumable()
      .pipe(
        catchError(() => of({ items: [], total: 0 })),
        takeUntilDestroyed(),
      )
      .subscribe(({ items }) => this.resumable.set(items));
  }

  /** Half a Chinese word is not a query: it is read when the composition has ended. */
  protected typed(event: Event): void {
    if (event instanceof InputEvent && event.isComposing) {
      return;
    }
    const text = (event.target as HTMLInputElement).value.trim();
    this.text.set(text);
    void this.router.navigate([], { queryParams: { q: text || null }, replaceUrl: true });
  }

  protected focusBox(event: Event): void {
    if (event instanceof KeyboardEvent && event.key === '/' && !(event.target instanceof HTMLInputElement)) {
      event.preventDefault();
      this.box().nativeElement.focus();
    }
  }

  private ask(query: string) {
    const answer = query ? this.emby.search(query) : this.emby.recentlyAdded();
    return answer.pipe(
      map((found): Results => ({ query, found })),
      catchError(() => of<Results>({ query, failed: true })),
    );
  }

  private describe(results: Results): string {
    const query = this.text();
    if (!query || !('found' in results) || !results.found || results.query !== query) {
      return '';
    }
    const count = results.found.total;
    return this.t(count === 0 ? 'noResults' : count === 1 ? 'oneResult' : 'results', { count, query });
  }
}
