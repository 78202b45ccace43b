const allowed = ['https://app.example.com', 'http://localhost:3000'];

export default {
  async fetch(request) {
    const origin = request.headers.get('Origin');
    const response = new Response('ok');
    if (allowed.includes(origin)) {
      response.headers.set('Access-Control-Allow-Origin', origin);
      response.headers.set('Access-Control-Allow-Credentials', 'true');
    }
    response.headers.set('Vary', 'Origin');
    return response;
  },
};
