require 'rack/cors'

use Rack::Cors do
  allow do
    resource '*', headers: %w[x-currency], methods: %i[get head]
    origins '*'
  end
end

run ->(_env) { [200, { 'Content-Type' => 'text/plain' }, ['ok']] }
