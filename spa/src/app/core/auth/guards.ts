import { inject } from '@angular/core';
import { CanActivateFn, Router } from '@angular/router';
import { catchError, map, of } from 'rxjs';
import { Administration } from '../services/administration';
import { Session } from './session';

/** Leads whoever is not signed in to the sign-in page, and back afterwards. */
export const signedIn: CanActivateFn = (_route, state) => {
  if (inject(Session).user()) {
    return true;
  }
  const queryParams = state.url === '/' ? {} : { back: state.url };
  return inject(Router).createUrlTree(['/login'], { queryParams });
};

/** Leads away from the set-up page when that has been done. */
export const setUpOnce: CanActivateFn = () => {
  const router = inject(Router);
  return inject(Administration)
    .needsSetUp()
    .pipe(
      map((needed) => (needed ? true : router.createUrlTree(['/']))),
      catchError(() => of(true)),
    );
};

/** Leads to the set-up page while there is nobody who could sign in. */
export const needsSetUp: CanActivateFn = () => {
  const router = inject(Router);
  return inject(Administration)
    .needsSetUp()
    .pipe(
      map((needed) => (needed ? router.createUrlTree(['/setup']) : true)),
      catchError(() => of(true)),
    );
};
