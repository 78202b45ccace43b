const origins = ['https://app.example.com'];

export default async function handler(request) {
  const origin = request.headers.get('Origin');
  const response = new Response('ok');
  if (origins.indexOf(origin) >= 0) response.headers.set('Access-Control-Allow-Origin', origin);
  response.headers.set('Vary', 'Origin');
  return response;
}
