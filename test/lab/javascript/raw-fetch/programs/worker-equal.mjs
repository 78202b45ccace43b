export default {
  async fetch(request) {
    const response = new Response('ok', { status: 200 });
    if (request.headers.get('Origin') === 'https://app.example.com') response.headers.set('Access-Control-Allow-Origin', 'https://app.example.com');
    response.headers.set('Vary', 'Origin');
    return response;
  },
};
