const origins = ['https://app.example.com', 'https://sub.app.example.com'];

export async function GET(request) {
  const response = new Response('ok');
  for (const origin of origins) {
    if (request.headers.get('Origin') === origin) {
      response.headers.set('Access-Control-Allow-Origin', origin);
      break;
    }
  }
  response.headers.set('Vary', 'Origin');
  return response;
}
