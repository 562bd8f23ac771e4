//! Methods of texts, lists and numbers.

pub(crate) fn sources() -> Vec<String> {
    let mut sources = Vec::new();
    let methods = [
        ".toUpperCase()",
        ".trim()",
        ".length",
        ".charAt(1)",
        ".charAt(-1)",
        ".charCodeAt(0)",
        ".charCodeAt(99)",
        ".at(-1)",
        ".at(9)",
        ".slice(1)",
        ".slice(-2)",
        ".slice(1,-1)",
        ".slice(3,1)",
        ".substring(2,0)",
        ".substring(1)",
        ".substring(NaN,2)",
        ".substr(1,2)",
        ".substr(-2)",
        ".indexOf('b')",
        ".indexOf('')",
        ".indexOf('b',2)",
        ".lastIndexOf('é')",
        ".lastIndexOf('')",
        ".includes('b')",
        ".includes('x',1)",
        ".startsWith('a')",
        ".startsWith('b',1)",
        ".endsWith('c')",
        ".endsWith('b',2)",
        ".concat('x',1,null)",
        ".repeat(2)",
        ".repeat(0)",
        ".repeat(-1)",
        ".padStart(5)",
        ".padStart(6,'xy')",
        ".padEnd(5,'')",
        ".padEnd(7,'é')",
        ".split('')",
        ".split()",
        ".split('b')",
        ".split('b',1)",
        ".split(' ')",
        ".replace('b','[$&]')",
        ".replace('b','$$$`')",
        ".replaceAll('é','e')",
        ".replace('b', x => x + x)",
        ".toString()",
        "[0]",
        "[9]",
        "['length']",
        ".join()",
        ".nope",
        ".replace('+', '')",
        ".slice(2).length",
    ];
    for text in ["t", "e", "u", "s", "p", "'aXbXc'", "w", "l", "n"] {
        for method in methods {
            // A half of a surrogate pair is no text here.
            if !(text == "u" && (method.contains("split('')") || method.contains("at(-1)"))) {
                sources.push(format!("{text}{method}"));
            }
        }
    }
    let lists = [
        ".join('-')",
        ".length",
        ".includes(2)",
        ".indexOf(1)",
        ".indexOf(2,-1)",
        ".lastIndexOf(2)",
        ".slice(1)",
        ".slice(-1)",
        ".concat([4],5)",
        ".reverse()",
        ".sort()",
        ".sort((a,b)=>b-a)",
        ".map(x=>x+1)",
        ".map((x,i)=>i)",
        ".map(String)",
        ".map(Number)",
        ".filter(x=>x>1)",
        ".filter(Boolean)",
        ".find(x=>x>1)",
        ".find(x=>x>9)",
        ".findIndex(x=>x==2)",
        ".some(x=>x>2)",
        ".every(x=>x>0)",
        ".reduce((a,b)=>a+b)",
        ".reduce((a,b)=>a+b,'')",
        ".at(-1)",
        ".toString()",
        "[1]",
        "[1.5]",
        "['1']",
        "[-1]",
        ".flat()",
        ".map(parseInt)",
        ".map(x=>({x}))",
        ".map(x=>[x,x]).flat()",
    ];
    for list in ["l", "w", "[]", "[1,'a',null,[2]]", "[10,9,1]"] {
        sources.extend(lists.iter().map(|method| format!("{list}{method}")));
    }
    for argument in
        ["0", "1.5", "-1.5", "2.5", "-0.5", "'7'", "'x'", "null", "undefined", "1e21", "NaN", "[3]", "0.1", "1e-7"]
    {
        for function in [
            "Math.abs",
            "Math.ceil",
            "Math.floor",
            "Math.round",
            "Math.trunc",
            "Math.sign",
            "Math.sqrt",
            "Number",
            "String",
            "Boolean",
            "isNaN",
            "isFinite",
            "parseInt",
            "parseFloat",
            "Number.isInteger",
            "Number.isNaN",
            "Number.isFinite",
            "JSON.stringify",
            "Array.isArray",
            "encodeURIComponent",
        ] {
            sources.push(format!("{function}({argument})"));
        }
    }
    for value in [
        "0", "1.005", "1.45", "2.5", "-2.5", "0.5", "8.345", "123.456", "1e21", "0.000001", "-1.5", "99.995", "NaN",
        "1e-10",
    ] {
        for digits in ["", "0", "1", "2", "3", "10"] {
            sources.push(format!("({value}).toFixed({digits})"));
        }
        sources.push(format!("({value}).toString()"));
        sources.push(format!("`${{{value}}}`"));
    }
    sources
}
