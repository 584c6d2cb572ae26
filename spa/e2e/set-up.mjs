// The first visit to a gateway that knows nobody and no server: its log's code, an administrator, a server, a title.
//   GATEWAY=http://localhost:8080 CODE=ABCD-2345 SERVER=http://127.0.0.1:8097 node e2e/set-up.mjs
import { inBrowser } from './browser.mjs';

const { GATEWAY, CODE, SERVER } = process.env;

await inBrowser(GATEWAY, async (page) => {
  await page.getByRole('heading', { name: 'Set up the gateway' }).waitFor();
  await page.getByLabel('Set-up code').fill(CODE);
  await page.getByLabel('Name').fill('root');
  await page.getByLabel('Password', { exact: true }).fill('correct horse');
  await page.getByRole('button', { name: 'Create the administrator' }).click();

  await page.getByRole('heading', { name: 'Add a server' }).waitFor();
  await page.getByLabel('Name of the server').fill('Alpha');
  await page.getByLabel('Address').fill(SERVER);
  await page.getByLabel('Account').fill('demo');
  await page.getByLabel('Password', { exact: true }).fill('demo');
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByText('The server answers and takes the account.').waitFor();
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByText('Alpha is connected.').waitFor();

  await page.getByRole('link', { name: 'Emby Gateway' }).click();
  // A search waits for the new server up to a limit, which a busy machine may pass: then a person looks again.
  const found = page.getByText('1 title for “sherlock”');
  for (let tries = 0; tries < 15 && !(await found.isVisible()); tries++) {
    await page.getByRole('searchbox').fill('');
    await page.getByRole('searchbox').fill('sherlock');
    await found.waitFor({ timeout: 2000 }).catch(() => {});
  }
  await found.waitFor();
});
console.log(
  '✓ a gateway that knows nothing is set up in the browser, and a title of its first server is found',
);
