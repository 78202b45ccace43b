app = lambda do |env|
  [200, { 'Content-Type' => 'text/plain', 'Access-Control-Allow-Origin' => env['HTTP_ORIGIN'].to_s, 'Access-Control-Allow-Credentials' => 'true', 'Vary' => 'Origin' }, ['ok']]
end

run app
