import { Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { RouterLink } from '@angular/router';
import { Administration, ServerTest } from '../../core/services/administration';
import { I18n } from '../../core/services/i18n';

/** Adds a real server, after a test if one likes. */
@Component({
  selector: 'gw-add-server',
  imports: [MatButtonModule, MatFormFieldModule, MatInputModule, ReactiveFormsModule, RouterLink],
  template: `
    <form class="card" [formGroup]="form" (ngSubmit)="add()">
      <h1>{{ t('addServer') }}</h1>
      <p class="quiet">{{ t('addServerIntro') }}</p>
      @if (added(); as name) {
        <p class="done" role="status">{{ t('serverAdded', { name }) }}</p>
      }
      @if (failed()) {
        <p class="error" role="alert">{{ t('failed') }}</p>
      }
      <mat-form-field appearance="outline">
        <mat-label>{{ t('serverName') }}</mat-label>
        <input matInput formControlName="name" autocomplete="off" required />
        <mat-error>{{ t('required') }}</mat-error>
      </mat-form-field>
      <mat-form-field appearance="outline">
        <mat-label>{{ t('serverUrl') }}</mat-label>
        <input
          matInput
          formControlName="url"
          type="url"
          autocomplete="off"
          [placeholder]="t('serverUrlHint')"
          required
        />
        <mat-error>{{ t('invalidUrl') }}</mat-error>
      </mat-form-field>
      <mat-form-field appearance="outline">
        <mat-label>{{ t('account') }}</mat-label>
        <input matInput formControlName="username" autocomplete="off" autocapitalize="none" required />
        <mat-error>{{ t('required') }}</mat-error>
      </mat-form-field>
      <mat-form-field appearance="outline">
        <mat-label>{{ t('password') }}</mat-label>
        <input matInput formControlName="password" type="password" autocomplete="off" />
      </mat-form-field>
      @if (test(); as result) {
        <div [class]="result.ok ? 'done' : 'error'" role="status">
          {{ t(result.ok ? 'testOk' : 'testFailed') }}
          @if (result.steps?.length) {
            <ul>
              @for (step of result.steps; track step.name) {
                <li>
                  {{ step.ok ? '✓' : '✗' }} {{ step.name }}
                  @if (step.ms !== undefined) {
                    <span>{{ step.ms }} ms</span>
                  }
                  {{ step.detail }}
                </li>
              }
            </ul>
          }
        </div>
      }
      <div class="actions">
        <a matButton routerLink="/">{{ t('later') }}</a>
        <span class="grow"></span>
        <button matButton type="button" [disabled]="busy()" (click)="tryOut()">
          {{ t(testing() ? 'testing' : 'test') }}
        </button>
        <button matButton="filled" type="submit" [disabled]="busy()">{{ t('save') }}</button>
      </div>
    </form>
  `,
  styles: `
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: 8px;
    }
    .grow {
      flex: 1;
    }
    .done {
      margin: 0;
      padding: 12px 16px;
      border-radius: 12px;
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
    }
    ul {
      margin: 8px 0 0;
      padding: 0;
      list-style: none;
    }
  `,
})
export class AddServer {
  private readonly administration = inject(Administration);
  protected readonly t = inject(I18n).t;

  protected readonly busy = signal(false);
  protected readonly testing = signal(false);
  protected readonly failed = signal(false);
  protected readonly added = signal<string | null>(null);
  protected readonly test = signal<ServerTest | null>(null);
  protected readonly form = new FormGroup({
    name: new FormControl('', { nonNullable: true, validators: Validators.required }),
    url: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.pattern(/^\s*https?:\/\/[^\s/]+.*$/i)],
    }),
    username: new FormControl('', { nonNullable: true, validators: Validators.required }),
    password: new FormControl('', { nonNullable: true }),
  });

  protected tryOut(): void {
    if (!this.begin()) {
      return;
    }
    this.testing.set(true);
    this.administration.testServer(this.draft()).subscribe({
      next: (result) => {
        this.end();
        this.test.set(result);
      },
      error: () => this.fail(),
    });
  }

  protected add(): void {
    if (!this.begin()) {
      return;
    }
    const draft = this.draft();
    this.administration.addServer(draft).subscribe({
      next: () => {
        this.end();
        this.added.set(draft.name);
        this.form.reset();
      },
      error: () => this.fail(),
    });
  }

  private begin(): boolean {
    if (this.form.invalid) {
      this.form.markAllAsTouched();
      return false;
    }
    this.busy.set(true);
    this.failed.set(false);
    this.added.set(null);
    this.test.set(null);
    return true;
  }

  private end(): void {
    this.busy.set(false);
    this.testing.set(false);
  }

  private fail(): void {
    this.end();
    this.failed.set(true);
  }

  private draft() {
    const { name, url, username, password } = this.form.getRawValue();
    return { name: name.trim(), url: url.trim(), username: username.trim(), password };
  }
}
