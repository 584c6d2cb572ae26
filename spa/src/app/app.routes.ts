import { Routes } from '@angular/router';
import { needsSetUp, setUpOnce, signedIn } from './core/auth/guards';

export const routes: Routes = [
  { path: 'index.html', redirectTo: '' },
  {
    path: 'login',
    canActivate: [needsSetUp],
    loadComponent: () => import('./features/auth/sign-in').then((m) => m.SignIn),
  },
  {
    path: 'setup',
    canActivate: [setUpOnce],
    loadComponent: () => import('./features/setup/set-up').then((m) => m.SetUp),
  },
  {
    path: '',
    canActivate: [signedIn],
    children: [
      {
        path: '',
        pathMatch: 'full',
        loadComponent: () => import('./features/media/search').then((m) => m.Search),
      },
      { path: 'item/:id', loadComponent: () => import('./features/media/item').then((m) => m.ItemPage) },
      { path: 'play/:id', loadComponent: () => import('./features/player/player').then((m) => m.Player) },
      {
        path: 'servers/new',
        loadComponent: () => import('./features/setup/add-server').then((m) => m.AddServer),
      },
    ],
  },
  { path: '**', redirectTo: '' },
];
