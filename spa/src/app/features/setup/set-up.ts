import { HttpErrorResponse } from '@angular/common/http';
import { Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import { switchMap } from 'rxjs';
import { Session } from '../../core/auth/session';
import { Administration } from '../../core/services/administration';
import { I18n } from '../../core/services/i18n';

const LEAST_LENGTH = 8;

/** First contact: the code from the log makes the first administrator, who then adds a server. */
@Component({
  selector: 'gw-set-up',
  imports: [MatButtonModule, MatFormFieldModule, MatInputModule, ReactiveFormsModule],
  template: `
    <form class="card" [formGroup]="form" (ngSubmit)="create()">
      <h1>{{ t('setUp') }}</h1>
      <p class="quiet">{{ t('setUpIntro') }}</p>
      @if (problem(); as text) {
        <p class="error" role="alert">{{ text }}</p>
      }
      <mat-form-field appearance="outline">
        <mat-label>{{ t('setUpCode') }}</mat-label>
        <input matInput formControlName="code" autocomplete="one-time-code" autocapitalize="none" required />
        <mat-error>{{ t('required') }}</mat-error>
      </mat-form-field>
      <h2>{{ t('setUpAdmin') }}</h2>
      <mat-form-field appearance="outline">
        <mat-label>{{ t('username') }}</mat-label>
        <input matInput formControlName="username" autocomplete="username" autocapitalize="none" required />
        <mat-error>{{ t('required') }}</mat-error>
      </mat-form-field>
      <mat-form-field appearance="outline">
        <mat-label>{{ t('password') }}</mat-label>
        <input matInput formControlName="password" type="password" autocomplete="new-password" required />
        <mat-error>{{ t('passwordTooShort') }}</mat-error>
      </mat-form-field>
      <button matButton="filled" type="submit" [disabled]="busy()">{{ t('createAdmin') }}</button>
    </form>
  `,
})
export class SetUp {
  private readonly administration = inject(Administration);
  private readonly session = inject(Session);
  private readonly router = inject(Router);
  protected readonly t = inject(I18n).t;

  protected readonly busy = signal(false);
  protected readonly problem = signal<string | null>(null);
  protected readonly form = new FormGroup({
    code: new FormControl('', { nonNullable: true, validators: Validators.required }),
    username: new FormControl('', { nonNullable: true, validators: Validators.required }),
    password: new FormControl('', {
      nonNullable: true,
      validators: [Validators.required, Validators.minLength(LEAST_LENGTH)],
    }),
  });

  protected create(): void {
    if (this.form.invalid) {
      this.form.markAllAsTouched();
      return;
    }
    this.busy.set(true);
    this.problem.set(null);
    const { code, username, password } = this.form.getRawValue();
    this.administration
      .setUp(code.trim(), username.trim(), password)
      .pipe(switchMap(() => this.session.signIn(username.trim(), password)))
      .subscribe({
        next: () => void this.router.navigateByUrl('/servers/new'),
        error: (error: unknown) => {
          this.busy.set(false);
          this.problem.set(this.explain(error));
        },
      });
  }

  private explain(error: unknown): string {
    const status = error instanceof HttpErrorResponse ? error.status : -1;
    return this.t(status === 0 ? 'unreachable' : status === 401 || status === 403 ? 'wrongCode' : 'failed');
  }
}
