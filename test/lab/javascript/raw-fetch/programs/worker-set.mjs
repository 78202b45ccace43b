export default {
  async fetch(request) {
    const response = new Response('ok');
    response.headers.set('Access-Control-Allow-Origin', 'https://app.example.com');
    response.headers.append('Vary', 'Origin');
    return response;
  },
};
