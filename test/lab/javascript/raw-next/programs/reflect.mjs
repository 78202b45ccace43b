export async function GET(request) {
  const origin = request.headers.get('origin');
  const headers = new Headers();
  if (origin) {
    headers.set('Access-Control-Allow-Origin', origin);
    headers.set('Access-Control-Allow-Credentials', 'true');
  }
  return new Response('ok', { headers });
}
