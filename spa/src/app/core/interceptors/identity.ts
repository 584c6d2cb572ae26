import { HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { Session } from '../auth/session';
import { Device } from '../services/device';
import { Gateway } from '../services/gateway';

/** Says to the gateway, and to nobody else, who asks. */
export const identity: HttpInterceptorFn = (request, next) => {
  if (!inject(Gateway).isOwn(request.url)) {
    return next(request);
  }
  const token = inject(Session).token();
  const setHeaders = { ...inject(Device).headers(), ...(token && { 'X-Emby-Token': token }) };
  return next(request.clone({ setHeaders }));
};
