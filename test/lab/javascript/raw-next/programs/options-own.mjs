export function GET() {
  return new Response('ok', { headers: { 'Access-Control-Allow-Origin': '*' } });
}

export function OPTIONS() {
  return new Response(null, {
    status: 204,
    headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': 'GET, PUT', 'Access-Control-Allow-Headers': 'content-type, x-test' },
  });
}
