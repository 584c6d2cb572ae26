import { HttpErrorResponse, HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { tap } from 'rxjs';
import { Session } from '../auth/session';

/** A 401 to a token means that it is gone; a 403 does not, and a 401 without a token is a wrong password. */
export const signedOut: HttpInterceptorFn = (request, next) => {
  const session = inject(Session);
  const token = session.token();
  return next(request).pipe(
    tap({
      error: (error: unknown) => {
        if (
          error instanceof HttpErrorResponse &&
          error.status === 401 &&
          token &&
          token === session.token()
        ) {
          session.forget();
        }
      },
    }),
  );
};
