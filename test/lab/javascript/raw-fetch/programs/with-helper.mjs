function withCors(response) {
  response.headers.set('Access-Control-Allow-Origin', 'https://app.example.com');
  response.headers.set('Access-Control-Allow-Credentials', 'true');
  return response;
}

export default {
  fetch() {
    return withCors(new Response('ok'));
  },
};
