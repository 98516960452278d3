"""What is known of places by their names: countries, states, cities, seas and mountains."""
