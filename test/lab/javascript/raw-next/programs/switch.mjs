export async function GET(request) {
  const response = new Response('ok');
  response.headers.set('Vary', 'Origin');
  switch (request.headers.get('origin')) {
    case 'https://app.example.com':
    case 'https://sub.app.example.com':
      response.headers.set('Access-Control-Allow-Origin', request.headers.get('origin'));
      break;
    default:
      break;
  }
  return response;
}
