export default {
  async fetch(request) {
    const origin = request.headers.get('Origin');
    const headers = new Headers({ Vary: 'Origin' });
    if (origin?.startsWith('https://app.example.com')) headers.set('Access-Control-Allow-Origin', origin);
    return new Response('ok', { headers });
  },
};
