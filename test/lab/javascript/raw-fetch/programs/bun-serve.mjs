Bun.serve({
  port: 3000,
  fetch(req) {
    const res = new Response('ok');
    res.headers.set('Access-Control-Allow-Origin', '*');
    if (req.method === 'OPTIONS') {
      res.headers.set('Access-Control-Allow-Methods', 'GET, POST, PUT');
      res.headers.set('Access-Control-Allow-Headers', 'content-type, x-test');
    }
    return res;
  },
});
