const allowed = ['https://app.example.com', 'http://localhost:3000'];

export default {
  async fetch(request) {
    const response = new Response('ok', { headers: { Vary: 'Origin' } });
    const origin = request.headers.get('Origin');
    for (const one of allowed) {
      if (one === origin) response.headers.set('Access-Control-Allow-Origin', one);
    }
    return response;
  },
};
