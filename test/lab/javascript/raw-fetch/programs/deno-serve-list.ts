const allowed: string[] = ['https://app.example.com', 'http://localhost:3000'];

Deno.serve({ port: 8000 }, (req: Request): Response => {
  const origin = req.headers.get('Origin') ?? '';
  const headers = new Headers({ Vary: 'Origin' });
  if (allowed.includes(origin)) headers.set('Access-Control-Allow-Origin', origin);
  return new Response('ok', { headers });
});
