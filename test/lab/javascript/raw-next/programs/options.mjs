const headers = {
  'Access-Control-Allow-Origin': 'https://app.example.com',
  'Access-Control-Allow-Methods': 'GET, PUT, DELETE',
  'Access-Control-Allow-Headers': 'content-type, x-test',
};

export async function GET() {
  return Response.json({ ok: true }, { headers });
}

export async function OPTIONS() {
  return new Response(null, { status: 204, headers });
}
