export function OPTIONS(request) {
  return new Response(null, { headers: { 'Access-Control-Allow-Origin': request.headers.get('origin') ?? '*', 'Access-Control-Allow-Methods': 'PUT' } });
}

export function GET() {
  return new Response('ok');
}
