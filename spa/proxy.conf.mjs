// Everything but the page itself comes from a gateway that runs beside `ng serve`.
const target = process.env.GATEWAY_URL ?? 'http://127.0.0.1:8080';
export default ['/emby', '/auth', '/admin', '/media', '/progress'].map((path) => ({
  context: [path],
  target,
  ws: true,
}));
