export default {
  async fetch(request) {
    const response = new Response('ok');
    response.headers.append('Access-Control-Allow-Origin', 'https://app.example.com');
    response.headers.append('Access-Control-Allow-Origin', 'http://localhost:3000');
    return response;
  },
};
