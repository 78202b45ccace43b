require 'rack/cors'

use Rack::Cors do
  allow do
    origins { |source, _env| source == 'https://app.example.com' }
    resource '*', headers: :any, methods: :any, credentials: true
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
