Deno.serve((request) => {
  const origin = request.headers.get('origin');
  const headers = new Headers();
  if (origin) headers.set('Access-Control-Allow-Origin', origin);
  return new Response('ok', { headers });
});
