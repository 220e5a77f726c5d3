Console.WriteLine("munshi");
