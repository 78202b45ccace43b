require 'rack/cors'

use Rack::Cors do
  allow do
    origins 'https://app.example.com'
    resource '*', methods: %i[get delete]
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
