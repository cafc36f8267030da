-- What was revenue by state in December 2023?
SELECT o.shipping_state AS state, sum(i.amount) AS revenue
FROM order_items i
JOIN orders o ON o.order_id = i.order_id
WHERE o.status NOT IN ('cancelled', 'returned')
  AND o.ordered_at >= DATE '2023-12-01' AND o.ordered_at < DATE '2024-01-01'
GROUP BY 1
ORDER BY revenue DESC, state;

-- What is our average order value by channel?
WITH kept AS (
  SELECT order_id, channel FROM orders WHERE status NOT IN ('cancelled', 'returned')
), lines AS (
  SELECT order_id, sum(amount) AS amount FROM order_items GROUP BY 1
)
SELECT k.channel, sum(l.amount) / count(DISTINCT k.order_id) AS average_order_value
FROM kept k
LEFT JOIN lines l ON l.order_id = k.order_id
GROUP BY 1
ORDER BY 2 DESC;

-- What is the cancellation rate by payment method?
SELECT payment_method,
       count(DISTINCT order_id) FILTER (WHERE status = 'cancelled') * 1.0 / count(DISTINCT order_id) AS cancellation_rate
FROM orders
GROUP BY 1
ORDER BY 2 DESC;

-- What is the return rate of orders with Clothing, by month?
SELECT date_trunc('month', o.ordered_at) AS month,
       count(DISTINCT o.order_id) FILTER (WHERE o.status = 'returned') * 1.0 / count(DISTINCT o.order_id) AS return_rate
FROM orders o
JOIN order_items i ON i.order_id = o.order_id
JOIN products p ON p.product_id = i.product_id
WHERE p.category = 'Clothing'
GROUP BY 1
ORDER BY 1;

-- What is the gross margin and the margin rate by category?
SELECT p.category,
       sum(i.amount - i.quantity * p.unit_cost) AS gross_margin,
       sum(i.amount - i.quantity * p.unit_cost) / nullif(sum(i.amount), 0) AS margin_rate
FROM order_items i
JOIN orders o ON o.order_id = i.order_id
JOIN products p ON p.product_id = i.product_id
WHERE o.status NOT IN ('cancelled', 'returned')
GROUP BY 1
ORDER BY 2 DESC;

-- How many orders were over $500?
SELECT count(*) AS orders
FROM (SELECT order_id FROM order_items GROUP BY 1 HAVING sum(amount) > 500) AS large_orders;
