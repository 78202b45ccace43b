export function GET(request) {
  const response = new Response('ok');
  const origin = request.headers.get('origin');
  if (origin === null || !origin.startsWith('https://')) return response;
  response.headers.set('Access-Control-Allow-Origin', origin);
  return response;
}
