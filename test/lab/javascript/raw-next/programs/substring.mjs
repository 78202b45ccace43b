export async function GET(request) {
  const origin = request.headers.get('origin') || '';
  const response = Response.json({ ok: true });
  if (origin.includes('app.example.com')) {
    response.headers.set('Access-Control-Allow-Origin', origin);
    response.headers.set('Vary', 'Origin');
  }
  return response;
}
