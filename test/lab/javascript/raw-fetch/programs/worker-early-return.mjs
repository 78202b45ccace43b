export default {
  async fetch(request) {
    const response = new Response('ok');
    const origin = request.headers.get('Origin');
    if (!origin) return response;
    if (origin === 'null') return response;
    response.headers.set('Access-Control-Allow-Origin', origin);
    response.headers.set('Vary', 'Origin');
    return response;
  },
};
