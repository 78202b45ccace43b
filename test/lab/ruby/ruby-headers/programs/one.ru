run ->(_env) { [200, { 'Content-Type' => 'text/plain', 'Access-Control-Allow-Origin' => 'https://app.example.com' }, ['ok']] }
