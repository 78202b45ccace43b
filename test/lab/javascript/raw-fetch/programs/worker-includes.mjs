export default {
  async fetch(request) {
    const origin = request.headers.get('Origin');
    const headers = new Headers();
    if (origin && origin.includes('app.example.com')) {
      headers.set('Access-Control-Allow-Origin', origin);
      headers.set('Access-Control-Allow-Credentials', 'true');
    }
    return new Response('ok', { headers });
  },
};
