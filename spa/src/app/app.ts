import { Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { RouterLink, RouterOutlet } from '@angular/router';
import { Session } from './core/auth/session';
import { I18n } from './core/services/i18n';

/** The frame of every page: skip link, name, language, signing out. */
@Component({
  selector: 'gw-root',
  imports: [MatButtonModule, RouterLink, RouterOutlet],
  template: `
    <a class="skip" href="#content" (click)="skip($event, content)">{{ t('skipToContent') }}</a>
    <header>
      <a class="brand" routerLink="/">
        <img src="favicon.svg" alt="" width="32" height="32" />
        <span>{{ t('appName') }}</span>
      </a>
      <span class="grow"></span>
      @if (session.user(); as user) {
        @if (user.isAdmin) {
          <a matButton routerLink="/servers/new">{{ t('addServer') }}</a>
        }
        <span class="user">{{ user.name }}</span>
        <button matButton type="button" (click)="session.signOut()">{{ t('signOut') }}</button>
      }
      <button matButton type="button" (click)="i18n.toggle()">{{ t('switchLanguage') }}</button>
    </header>
    <main #content id="content" tabindex="-1"><router-outlet /></main>
  `,
  styles: `
    header {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
      padding: 8px clamp(12px, 3vw, 40px);
    }
    .brand {
      display: flex;
      align-items: center;
      gap: 12px;
      color: inherit;
      font: var(--mat-sys-title-medium);
      text-decoration: none;
    }
    .grow {
      flex: 1;
    }
    .user {
      padding: 0 8px;
      color: var(--mat-sys-on-surface-variant);
    }
    @media (max-width: 600px) {
      .user {
        display: none;
      }
      .brand span {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    }
    .skip {
      position: fixed;
      z-index: 10;
      inset: -64px auto auto 8px;
      padding: 12px 16px;
      border-radius: 0 0 12px 12px;
      background: var(--mat-sys-primary);
      color: var(--mat-sys-on-primary);
    }
    .skip:focus {
      top: 0;
    }
    main {
      outline: none;
    }
  `,
})
export class App {
  protected readonly session = inject(Session);
  protected readonly i18n = inject(I18n);
  protected readonly t = this.i18n.t;

  /** A plain fragment would be resolved against the base address and leave the page. */
  protected skip(event: Event, content: HTMLElement): void {
    event.preventDefault();
    content.focus();
  }
}
