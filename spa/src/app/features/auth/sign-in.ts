import { HttpErrorResponse } from '@angular/common/http';
import { Component, inject, input, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import { Session } from '../../core/auth/session';
import { I18n } from '../../core/services/i18n';

/** Name and password. An empty password is one, as in Emby. */
@Component({
  selector: 'gw-sign-in',
  imports: [MatButtonModule, MatFormFieldModule, MatInputModule, ReactiveFormsModule],
  template: `
    <form class="card" [formGroup]="form" (ngSubmit)="signIn()">
      <h1>{{ t('signIn') }}</h1>
      @if (problem(); as text) {
        <p class="error" role="alert">{{ text }}</p>
      }
      <mat-form-field appearance="outline">
        <mat-label>{{ t('username') }}</mat-label>
        <input matInput formControlName="username" autocomplete="username" autocapitalize="none" required />
        <mat-error>{{ t('required') }}</mat-error>
      </mat-form-field>
      <mat-form-field appearance="outline">
        <mat-label>{{ t('password') }}</mat-label>
        <input
          matInput
          formControlName="password"
          autocomplete="current-password"
          [type]="visible() ? 'text' : 'password'"
        />
        <button
          matButton
          matSuffix
          type="button"
          [attr.aria-pressed]="visible()"
          (click)="visible.set(!visible())"
        >
          {{ t(visible() ? 'hidePassword' : 'showPassword') }}
        </button>
      </mat-form-field>
      <button matButton="filled" type="submit" [disabled]="busy()">{{ t('signIn') }}</button>
    </form>
  `,
})
export class SignIn {
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  private readonly i18n = inject(I18n);
  protected readonly t = this.i18n.t;

  /** Where to go afterwards: a path of this app. */
  readonly back = input<string>();

  protected readonly busy = signal(false);
  protected readonly visible = signal(false);
  protected readonly problem = signal<string | null>(null);
  protected readonly form = new FormGroup({
    username: new FormControl('', { nonNullable: true, validators: Validators.required }),
    password: new FormControl('', { nonNullable: true }),
  });

  protected signIn(): void {
    if (this.form.invalid) {
      this.form.markAllAsTouched();
      return;
    }
    this.busy.set(true);
    this.problem.set(null);
    const { username, password } = this.form.getRawValue();
    this.session.signIn(username.trim(), password).subscribe({
      next: () => void this.router.navigateByUrl(ownPath(this.back())),
      error: (error: unknown) => {
        this.busy.set(false);
        this.problem.set(this.explain(error));
      },
    });
  }

  private explain(error: unknown): string {
    const answer = error instanceof HttpErrorResponse ? error : null;
    switch (answer?.status) {
      case 0:
        return this.t('unreachable');
      case 401:
      case 403:
        return this.t('wrongCredentials');
      case 429: {
        const seconds = Number(answer?.headers.get('Retry-After')) || 60;
        return this.t('lockedOut', { minutes: Math.ceil(seconds / 60) });
      }
      default:
        return this.t('failed');
    }
  }
}

/** A link may name another site as the way back; this app stays here. */
export function ownPath(back: string | undefined): string {
  return back && /^\/(?![/\\])/.test(back) ? back : '/';
}
