# The search of the forum, with cookies for the members' own threads.
require 'sinatra'
require 'sinatra/cross_origin'

register Sinatra::CrossOrigin

configure do
  enable :cross_origin
  set :allow_origin, :any
  set :allow_methods, %i[get options]
end

get '/search' do
  Threads.matching(params[:q]).to_json
end

options '*' do
  200
end
