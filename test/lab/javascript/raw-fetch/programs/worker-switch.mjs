export default {
  async fetch(request) {
    const response = new Response('ok');
    switch (request.headers.get('Origin')) {
      case 'https://app.example.com':
        response.headers.set('Access-Control-Allow-Origin', 'https://app.example.com');
        break;
      case 'http://localhost:3000':
        response.headers.set('Access-Control-Allow-Origin', 'http://localhost:3000');
        break;
    }
    response.headers.set('Vary', 'Origin');
    return response;
  },
};
